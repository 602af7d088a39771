namespace Monitor.Worker.Operations;

/// <summary>The words a person gives for an act. They stand in the custody log for good and travel with it, so they carry no address.</summary>
public static class Reason
{
    public const int MaxLength = 300;

    /// <summary>Null when the words can be recorded.</summary>
    public static Refusal? Check(string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return new Refusal(RefusalKind.Invalid, "reason-needed");
        }

        return words.Length > MaxLength || words.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format) || words.Contains("://", StringComparison.Ordinal) || words.Contains("www.", StringComparison.OrdinalIgnoreCase)
            ? new Refusal(RefusalKind.Invalid, "reason-form", MaxLength.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : null;
    }
}
