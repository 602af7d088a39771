using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>
/// The one byte form of a custody entry: what is chained, stored, exported and published. It is JSON in the canonical form of
/// RFC 8785, so that anybody can recompute it with a tool that is not ours:
/// <code>{"act":…,"actor":…,"agency":…,"approver":…|null,"at":"2026-01-31T02:03:04.005Z","digests":["sha256:…"],"item":…,"prev":"64 hex","reason":…,"role":…,"seq":1}</code>
/// UTF-8 without BOM, no white space, no line end; all eleven keys always present, in that (alphabetical) order; control characters
/// as \b \t \n \f \r or \u00xx in lower-case hex, quote and backslash escaped, everything else literal. Instants are UTC, cut to
/// whole milliseconds. A lone surrogate, which has no UTF-8 form, becomes U+FFFD.
/// </summary>
public static class CustodyCanonical
{
    /// <summary>What <see cref="CustodyEntry.Previous"/> of the first entry says: 64 zeros.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The canonical bytes.</summary>
    public static byte[] Write(CustodyEntry entry)
    {
        var to = new ArrayBufferWriter<byte>(512);
        var act = entry.Act;
        Raw(to, "{\"act\":"u8);
        Text(to, act.Act);
        Raw(to, ",\"actor\":"u8);
        Text(to, act.Actor);
        Raw(to, ",\"agency\":"u8);
        Text(to, act.Agency);
        Raw(to, ",\"approver\":"u8);
        if (act.Approver is null)
            Raw(to, "null"u8);
        else
            Text(to, act.Approver);
        Raw(to, ",\"at\":"u8);
        Text(to, act.At.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture));
        Raw(to, ",\"digests\":["u8);
        for (var i = 0; i < act.Digests.Count; i++)
        {
            if (i > 0)
                Raw(to, ","u8);
            Text(to, DigestText.Write(act.Digests[i]));
        }

        Raw(to, "],\"item\":"u8);
        Text(to, act.Item);
        Raw(to, ",\"prev\":"u8);
        Text(to, entry.Previous);
        Raw(to, ",\"reason\":"u8);
        Text(to, act.Reason);
        Raw(to, ",\"role\":"u8);
        Text(to, act.Role);
        Raw(to, ",\"seq\":"u8);
        Utf8Formatter.TryFormat(entry.Sequence, to.GetSpan(20), out var written);
        to.Advance(written);
        Raw(to, "}"u8);
        return to.WrittenSpan.ToArray();
    }

    /// <summary>SHA-256 of the canonical bytes in lower-case hex: what the next entry's <see cref="CustodyEntry.Previous"/> must be.</summary>
    public static string Hash(CustodyEntry entry) => Hash(Write(entry));

    /// <summary>SHA-256 of canonical bytes in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> canonical)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>
    /// Reads canonical bytes back. False for anything that is not byte for byte what <see cref="Write"/> gives: another key order,
    /// an added key, white space, another escape.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> canonical, out CustodyEntry? entry)
    {
        entry = null;
        try
        {
            if (Parse(canonical) is not { } read || !Write(read).AsSpan().SequenceEqual(canonical))
                return false;
            entry = read;
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static CustodyEntry? Parse(ReadOnlySpan<byte> json)
    {
        string? act = null, actor = null, agency = null, approver = null, item = null, previous = null, reason = null, role = null;
        DateTimeOffset? at = null;
        long? sequence = null;
        List<Digest>? digests = null;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString();
            reader.Read();
            switch (key)
            {
                case "act": act = reader.GetString(); break;
                case "actor": actor = reader.GetString(); break;
                case "agency": agency = reader.GetString(); break;
                case "approver": approver = reader.GetString(); break;
                case "item": item = reader.GetString(); break;
                case "prev": previous = reader.GetString(); break;
                case "reason": reason = reader.GetString(); break;
                case "role": role = reader.GetString(); break;
                case "seq": sequence = reader.GetInt64(); break;
                case "at":
                    at = DateTimeOffset.ParseExact(reader.GetString() ?? "", InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
                    break;
                case "digests":
                    digests = [];
                    while (reader.Read() && reader.TokenType == JsonTokenType.String)
                    {
                        if (!DigestText.TryRead(reader.GetString(), out var digest))
                            return null;
                        digests.Add(digest);
                    }

                    break;
                default: return null;
            }
        }

        return act is null || actor is null || agency is null || item is null || previous is null || reason is null || role is null || at is null || sequence is null || digests is null
            ? null
            : new CustodyEntry(
                sequence.Value,
                new CustodyDraft { At = at.Value, Actor = actor, Role = role, Agency = agency, Act = act, Item = item, Digests = digests, Reason = reason, Approver = approver },
                previous);
    }

    private static void Raw(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes) => to.Write(bytes);

    private static void Text(ArrayBufferWriter<byte> to, string text)
    {
        Raw(to, "\""u8);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"': Raw(to, "\\\""u8); break;
                case '\\': Raw(to, "\\\\"u8); break;
                case '\b': Raw(to, "\\b"u8); break;
                case '\t': Raw(to, "\\t"u8); break;
                case '\n': Raw(to, "\\n"u8); break;
                case '\f': Raw(to, "\\f"u8); break;
                case '\r': Raw(to, "\\r"u8); break;
                case < 0x20:
                    Raw(to, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")));
                    break;
                default:
                    Raw(to, utf8[..rune.EncodeToUtf8(utf8)]);
                    break;
            }
        }

        Raw(to, "\""u8);
    }
}
