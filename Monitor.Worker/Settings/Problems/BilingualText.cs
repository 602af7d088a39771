namespace Monitor.Worker.Settings.Problems;

/// <summary>A sentence people read, in both languages of the house.</summary>
public sealed record BilingualText(string Vietnamese, string English)
{
    /// <param name="language">"en" for English; anything else is Vietnamese.</param>
    public string In(string language) => language == "en" ? English : Vietnamese;

    /// <summary>Text that is the same in both languages: a name, a number, a list of words of the configuration.</summary>
    public static BilingualText Same(string text) => new(text, text);
}
