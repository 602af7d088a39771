namespace Monitor.Worker.Scoring.Samples;

/// <summary>A kind of text from which many are made. "{name}" in a line stands for a word drawn from the lists in <see cref="SampleWords"/>.</summary>
/// <param name="Site">What sort of page it stands on every other time; otherwise on any: what a page looks like must not give its label away.</param>
/// <param name="Titles">One is drawn; empty when such texts have no title.</param>
/// <param name="Lines">Three to six are drawn.</param>
/// <param name="Evasive">How many of a hundred spell the watch word so that filters miss it.</param>
internal sealed record SampleFamily(string Name, bool Relevant, SampleSite Site, IReadOnlyList<string> Titles, IReadOnlyList<string> Lines, int Evasive = 0);

internal enum SampleSite
{
    Forum,
    News,
    Shop,
    Chat,
}
