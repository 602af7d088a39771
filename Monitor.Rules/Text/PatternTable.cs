using System.Text.RegularExpressions;
namespace Monitor.Rules.Text;
internal sealed class PatternTable
{
    public required Regex[] Patterns { get; init; }
    public static PatternTable Build(IReadOnlyList<Regex> patterns) => new() { Patterns = [.. patterns] };
    public bool Find(string text, FoldedText? folded, bool plain, ScanLimits limits, List<ScanOccurrence> all)
    {
        return true;
    }
}
