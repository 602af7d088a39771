using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.Operations.Accounts;

/// <summary>Time-based one-time codes as authenticator programs make them: RFC 6238 over RFC 4226 with HMAC-SHA-1, 30 seconds, six digits.</summary>
internal static class TimeCode
{
    public const int SecretLength = 20;

    private const int Seconds = 30;

    /// <summary>Steps to either side that a slow hand or a clock a little off is given.</summary>
    private const int Tolerance = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    /// <summary>The step whose code it is, if that is later than <paramref name="usedStep"/>; null: wrong, or used before.</summary>
    public static long? Check(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long usedStep)
    {
        var given = new string([.. code.Where(c => !char.IsWhiteSpace(c))]);
        if (given.Length != 6)
        {
            return null;
        }

        var current = now.ToUnixTimeSeconds() / Seconds;
        long? found = null;
        for (var step = current - Tolerance; step <= current + Tolerance; step++)
        {
            // Every step is computed: how long it takes says nothing of which was right.
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, step)), Encoding.UTF8.GetBytes(given)) && step > usedStep)
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>RFC 4226, 5.3.</summary>
    public static string Of(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard's own choice; HMAC does not rest on SHA-1's collision resistance, and authenticators know no other.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var offset = mac[^1] & 0x0f;
        var value = BinaryPrimitives.ReadInt32BigEndian(mac[offset..]) & 0x7fff_ffff;
        return (value % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>As a person types it into an authenticator (RFC 4648 base32, groups of four).</summary>
    public static string Spell(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var one in secret)
        {
            bits = (bits << 8) | one;
            for (count += 8; count >= 5; count -= 5)
            {
                text.Append(Base32[(bits >> (count - 5)) & 31]);
            }
        }

        return text.ToString();
    }

    /// <summary>The address that authenticators read (otpauth://).</summary>
    public static string Address(ReadOnlySpan<byte> secret, string issuer, string person) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(person)}?secret={Spell(secret)}&issuer={Uri.EscapeDataString(issuer)}";
}
