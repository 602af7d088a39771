using System.Text;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Monitor.Tests.Evidence;

/// <summary>Made-up OpenPGP keys of made-up officers.</summary>
internal static class OfficerKey
{
    public static readonly char[] Passphrase = "mau".ToCharArray();

    private static readonly Lazy<PgpKeyRingGenerator> Usual = new(() => Generator("Điều tra viên Mẫu <dtv@mau.example>", null, encrypts: true));

    /// <summary>Armoured public key of an officer, the same within one run.</summary>
    public static string Public { get; } = Armoured(Usual.Value.GeneratePublicKeyRing().Encode);

    public static string PublicOf(TimeSpan? validFor, bool encrypts) => Armoured(Generator("Khác <khac@mau.example>", validFor, encrypts).GeneratePublicKeyRing().Encode);

    public static string Secret => Armoured(Usual.Value.GenerateSecretKeyRing().Encode);

    private static PgpKeyRingGenerator Generator(string user, TimeSpan? validFor, bool encrypts)
    {
        PgpKeyPair Pair(bool encrypting)
        {
            var generator = new RsaKeyPairGenerator();
            generator.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(0x10001), new SecureRandom(), 2048, 80));
            return new PgpKeyPair(encrypting ? PublicKeyAlgorithmTag.RsaEncrypt : PublicKeyAlgorithmTag.RsaSign, generator.GenerateKeyPair(), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        var packets = new PgpSignatureSubpacketGenerator();
        if (validFor is { } span)
            packets.SetKeyExpirationTime(isCritical: true, (long)span.TotalSeconds);
        var ring = new PgpKeyRingGenerator(PgpSignature.PositiveCertification, Pair(encrypting: false), user, SymmetricKeyAlgorithmTag.Aes256, Passphrase, useSha1: true, packets.Generate(), null, new SecureRandom());
        if (encrypts)
            ring.AddSubKey(Pair(encrypting: true));
        return ring;
    }

    private static string Armoured(Action<Stream> write)
    {
        using var to = new MemoryStream();
        using (var armour = new ArmoredOutputStream(to))
            write(armour);
        return Encoding.ASCII.GetString(to.ToArray());
    }
}
