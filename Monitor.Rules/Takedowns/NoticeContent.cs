using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Takedowns;

/// <summary>
/// All forms of one notice: the same statement as text, HTML, PDF and X-ARF v4. The same model and templates give the same bytes.
/// </summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Lines end in LF.</param>
/// <param name="Html">A whole document that loads nothing, or empty.</param>
/// <param name="Pdf">The document to print; empty where no font for it was found.</param>
/// <param name="Xarf">One X-ARF v4 report an item, as UTF-8 JSON; empty for kinds it has no form for (retraction).</param>
public sealed record NoticeContent(string Subject, string Text, string Html, byte[] Pdf, byte[] Xarf)
{
    /// <summary>SHA-256 over the SHA-256 of each form in turn: what a person approves and what is sent compare equal or not at all.</summary>
    public Digest Digest
    {
        get
        {
            using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var part in (byte[][])[Encoding.UTF8.GetBytes(Subject), Encoding.UTF8.GetBytes(Text), Encoding.UTF8.GetBytes(Html), Pdf, Xarf])
            {
                all.AppendData(SHA256.HashData(part));
            }

            return Rules.Hashing.Digest.FromBytes(DigestKind.Sha256, all.GetHashAndReset());
        }
    }
}
