using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.Settings;

/// <summary>The very text that a rule set was read from, so that it can be read again years later.</summary>
/// <param name="Path">File name, for messages.</param>
/// <param name="Text">The YAML.</param>
/// <param name="Guidance">Pages of guidance that its rules name: name (without ".md") → Markdown.</param>
public sealed record RuleSetSource(string Path, string Text, IReadOnlyDictionary<string, string> Guidance)
{
    /// <summary>SHA-256 (lower hex) over the text and the pages in name order, each behind its name and length.</summary>
    public string Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Text);
        foreach ((string name, string page) in Guidance.OrderBy(page => page.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, page);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
        hash.AppendData(bytes);
    }
}
