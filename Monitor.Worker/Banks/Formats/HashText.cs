using System.Buffers;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>Hashes and the few words beside them, as lists write them.</summary>
internal static class HashText
{
    public const int MaxWidth = 32;

    /// <summary>Hex digits of a PhotoDNA hash (144 bytes).</summary>
    private const int PhotoDnaDigits = 288;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static int WidthOf(HashKind kind) => kind switch
    {
        HashKind.Md5 => 16,
        HashKind.Sha1 => 20,
        HashKind.Sha256 or HashKind.Pdq => 32,
    };

    /// <summary>Hands a hash in hex to the sink, whatever it is: an entry, a bad one, or one that is left out.</summary>
    /// <param name="kind">Null: by its length.</param>
    /// <param name="remove">A tombstone.</param>
    public static void Take(IHashSink sink, long number, HashKind? kind, ReadOnlySpan<byte> hex, ReadOnlySpan<byte> label, Opinion? opinion, int? quality, bool remove)
    {
        if (hex.IsEmpty)
        {
            sink.Bad(number, label, HashProblem.HashMissing);
            return;
        }

        if (hex.ContainsAnyExcept(HexDigits))
        {
            sink.Bad(number, hex, HashProblem.NotHex);
            return;
        }

        if (kind is null)
        {
            switch (hex.Length)
            {
                case 32:
                    kind = HashKind.Md5;
                    break;
                case 40:
                    kind = HashKind.Sha1;
                    break;
                case 64:
                    sink.Bad(number, hex, HashProblem.KindNeeded);
                    return;
                case PhotoDnaDigits:
                    sink.Skip(number, "photodna");
                    return;
                default:
                    sink.Bad(number, hex, HashProblem.WrongLength);
                    return;
            }
        }

        var width = WidthOf(kind.Value);
        if (hex.Length != 2 * width)
        {
            sink.Bad(number, hex, HashProblem.WrongLength);
            return;
        }

        Span<byte> value = stackalloc byte[MaxWidth];
        if (Convert.FromHexString(hex, value, out _, out _) != OperationStatus.Done)
        {
            sink.Bad(number, hex, HashProblem.NotHex);
        }
        else if (remove)
        {
            sink.Remove(number, kind.Value, value[..width]);
        }
        else
        {
            sink.Add(new HashItem { Number = number, Kind = kind.Value, Value = value[..width], Label = label, Opinion = opinion, Quality = quality });
        }
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    /// <summary>0 … 100.</summary>
    public static bool TryQuality(ReadOnlySpan<byte> text, out int quality) =>
        System.Buffers.Text.Utf8Parser.TryParse(text, out quality, out var consumed) && consumed == text.Length && quality is >= 0 and <= 100;

    public static bool TryOpinion(ReadOnlySpan<byte> text, out Opinion opinion)
    {
        opinion = Opinion.Positive;
        if (Is(text, "positive"u8) || Is(text, "positive_class"u8) || Is(text, "malicious"u8))
        {
            return true;
        }

        if (Is(text, "negative"u8) || Is(text, "negative_class"u8) || Is(text, "non_malicious"u8) || Is(text, "false_positive"u8) || Is(text, "false-positive"u8))
        {
            opinion = Opinion.Negative;
            return true;
        }

        if (Is(text, "disputed"u8) || Is(text, "worth_investigating"u8) || Is(text, "suspicious"u8) || Is(text, "unknown"u8))
        {
            opinion = Opinion.Disputed;
            return true;
        }

        return false;
    }

    public static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);
}
