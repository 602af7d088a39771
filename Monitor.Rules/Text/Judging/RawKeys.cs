namespace Monitor.Rules.Text.Judging;

/// <summary>Telex with a key inside a syllable: the letters must be these.</summary>
internal static class RawKeys
{
    public static Verdict? Judge(TextView view, Place place, Spelling spelling)
    {
        string raw = spelling.RawLetters;
        place.DropSecondHorn();
        ReadOnlySpan<Unit> units = place.Units;
        if (units.Length != raw.Length || Gaps.AfterEndTouches(view.Text, units[^1].End, units[^1]))
            return null;
        for (int i = 0; i < units.Length; i++)
        {
            if (units[i].Base != raw[i] || Letters.Tone(units[i].Info) != 0 || Letters.Mod(units[i].Info) != 0)
                return null;
            if (i > 0 && !Separator.Allows(view.Text, units[i - 1].End, units[i].Start, exact: true, spelledOut: false))
                return null;
        }

        return view.Verdict(units[0].Start, units[^1].End, view.IsOriginal ? Technique.Telex : view.Technique, Strength.Medium);
    }
}
