using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Pipeline;

/// <summary>The digests of all banks in force; swapped whole when a bank is imported.</summary>
public sealed class BankIndex
{
    private volatile DigestIndex _index = DigestIndex.Empty;

    public DigestIndex Current => _index;

    public void Replace(DigestIndex index) => _index = index;

    /// <param name="banks">Bank names that count; empty: all.</param>
    public IReadOnlyList<Match> Match(DigestSet digests, string mediaUrl, IReadOnlyList<string> banks)
    {
        var matches = _index.Match(digests, mediaUrl);
        return matches.Count == 0 || banks.Count == 0 ? matches : [.. matches.Where(match => banks.Contains(match.Bank, StringComparer.OrdinalIgnoreCase))];
    }
}
