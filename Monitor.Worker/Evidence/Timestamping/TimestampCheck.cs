using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Evidence.Timestamping;

/// <summary>
/// Checks a stored TimeStampResp: that it was granted, that the token is over the data, that its signer may stamp (extended key usage 1.3.6.1.5.5.7.3.8) and, where roots are given,
/// that the signer's certificate led to one of them at the time in the token. Nothing is fetched.
/// </summary>
public static class TimestampCheck
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <param name="roots">Empty: the signer is not judged.</param>
    public static StampCheck Of(ReadOnlyMemory<byte> response, ReadOnlyMemory<byte> data, X509Certificate2Collection roots)
    {
        if (TokenOf(response) is not { } encoded)
            return new StampCheck.Bad("refused");
        if (!Rfc3161TimestampToken.TryDecode(encoded, out var token, out _))
            return new StampCheck.Bad("not-a-token");
        var extra = new X509Certificate2Collection();
        foreach (var certificate in token.AsSignedCms().Certificates)
            extra.Add(certificate);
        if (!token.VerifySignatureForHash(SHA256.HashData(data.Span), HashAlgorithmName.SHA256, out var signer, extra))
            return new StampCheck.Bad(token.TokenInfo.GetMessageHash().Span.SequenceEqual(SHA256.HashData(data.Span)) ? "not-a-token" : "wrong-imprint");
        var at = token.TokenInfo.Timestamp;
        var name = signer!.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (roots.Count == 0)
            return new StampCheck.Good(at, name, Trusted: false);
        using var chain = new X509Chain { ChainPolicy = RootTrust.Policy(roots, extra, at.UtcDateTime) };
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStamping));
        var trusted = chain.Build(signer);
        // What else travels in the token is not signed by anybody: it must be the chain itself.
        return new StampCheck.Good(at, name, trusted && extra.All(one => chain.ChainElements.Any(element => element.Certificate.RawDataMemory.Span.SequenceEqual(one.RawDataMemory.Span))));
    }

    /// <summary>Certificates of a PEM file; empty when there is none or it cannot be read.</summary>
    public static X509Certificate2Collection Roots(string pemFile)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            if (pemFile.Length > 0)
                roots.ImportFromPemFile(pemFile);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            roots.Clear();
        }

        return roots;
    }

    /// <summary>The token within a TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken OPTIONAL }; null: refused, or none of its kind.</summary>
    public static ReadOnlyMemory<byte>? TokenOf(ReadOnlyMemory<byte> response)
    {
        try
        {
            var sequence = new AsnReader(response, AsnEncodingRules.BER).ReadSequence();
            var status = sequence.ReadSequence();
            if (!status.TryReadInt32(out var granted) || granted is not (0 or 1) || !sequence.HasData)
                return null;
            return sequence.ReadEncodedValue();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
