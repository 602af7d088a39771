using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Rules.Custody;

/// <summary>A public key that signs notes, as C2SP signed-note writes it: "name+id+base64(type and key)".</summary>
/// <param name="Name">Without spaces and plus signs: "log.so-mau.example/monitor".</param>
/// <param name="Type">1: Ed25519 over the note; 4: Ed25519 cosignature/v1 with a time.</param>
/// <param name="Key">32 bytes.</param>
public sealed record NoteKey(string Name, byte Type, ReadOnlyMemory<byte> Key)
{
    public const byte Ed25519 = 1;

    /// <summary>C2SP tlog-cosignature.</summary>
    public const byte Cosignature = 4;

    /// <summary>First four bytes of SHA-256 over name, line end, type and key.</summary>
    public uint Id
    {
        get
        {
            var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', Type, .. Key.Span]);
            return BinaryPrimitives.ReadUInt32BigEndian(hash);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String([Type, .. Key.Span])}");

    public static bool IsName(string name) => name.Length is > 0 and <= 200 && !name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == '+');

    /// <summary>Reads what <see cref="ToString"/> writes; false also when the id is not that of the key.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NoteKey? key)
    {
        key = null;
        var parts = text?.Trim().Split('+', 3);
        if (parts is not [var name, { Length: 8 } id, var encoded] || !IsName(name) || !uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var given))
            return false;
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || length != 33 || bytes[0] is not (Ed25519 or Cosignature))
            return false;
        var read = new NoteKey(name, bytes[0], bytes.AsMemory(1, 32));
        if (read.Id != given)
            return false;
        key = read;
        return true;
    }

    public bool Equals(NoteKey? other) => other is not null && Name == other.Name && Type == other.Type && Key.Span.SequenceEqual(other.Key.Span);

    public override int GetHashCode() => HashCode.Combine(Name, Type, Id);
}
