namespace Monitor.Rules.Text;

/// <summary>What a syllable of Vietnamese can look like, without its diacritics: onset, vowels, coda. The closed lists of the orthography.</summary>
internal static class Syllable
{
    private static readonly HashSet<string> Onsets = [.. "b c d g h k l m n p q r s t v x ch gh gi kh ng ngh nh ph qu th tr".Split(' '), ""];
    private static readonly HashSet<string> Rimes =
    [
        .. ("a e i o u y ai ao au ay eo eu ia iu ie ieu oa oe oi oo oao oai oay oeo ua ue ui uo uu uy uya uay uai uoi uou uyu uye ya ye yeu ioi " +
            "ac ach am an ang anh ap at ec ech em en eng enh ep et ic ich im in inh ip it iec iem ien ieng iep iet oc om on ong op ot oac oach oam oan oang oanh oap oat oec oem oen oeng oet ooc oong " +
            "uc um un ung up ut uac uan uang uat uech uen uenh uet uoc uom uon uong uop uot uych uyn uynh uyt uyen uyet uyp yem yen yeng yet ynh ich").Split(' '),
    ];

    private static readonly HashSet<string> All = MakeAll();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> AllLookup = All.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="bare">a … z only, small.</param>
    public static bool IsPlausible(ReadOnlySpan<char> bare) => bare.Length is > 0 and <= 7 && AllLookup.Contains(bare);

    private static HashSet<string> MakeAll()
    {
        HashSet<string> all = ["gi", "gin", "gim", "gieng"];
        foreach (string onset in Onsets)
        {
            if (onset != "q")
                all.UnionWith(Rimes.Select(rime => onset + rime));
        }

        return all;
    }

    /// <summary>Plausible, and its onset is the one that the orthography asks for before its vowel: k, gh and ngh before e, i and y, else c, g and ng; no p alone.</summary>
    public static bool IsSpelledRight(ReadOnlySpan<char> bare)
    {
        if (!IsPlausible(bare) || (bare[0] == 'p' && !bare.StartsWith("ph")))
            return false;

        string onset = bare.StartsWith("ngh") ? "ngh" : bare.StartsWith("gh") ? "gh" : bare.StartsWith("ng") ? "ng" : bare.StartsWith("kh") ? "" : bare[..1].ToString();
        if (onset is not ("ngh" or "gh" or "ng" or "k" or "c" or "g") || onset.Length >= bare.Length || bare.StartsWith("ch"))
            return true;

        bool front = bare[onset.Length] is 'e' or 'i' or 'y';
        return onset == "g" ? bare[1] != 'e' : onset is "ngh" or "gh" or "k" ? front : !front;
    }

    /// <summary>A syllable that ends in p, t, c or ch always bears a tone mark: without one it was written without diacritics.</summary>
    public static bool MustBearTone(ReadOnlySpan<char> bare) => bare.Length > 1 && (bare[^1] is 'p' or 't' or 'c' || bare.EndsWith("ch"));
}
