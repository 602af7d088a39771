using Monitor.Rules.Custody;

namespace Monitor.Worker.Ports;

/// <summary>The log's own key, and Ed25519 in general.</summary>
public interface ICheckpointSigner
{
    /// <summary>Public key in use; made when first needed. Null: the key file is damaged or cannot be made.</summary>
    NoteKey? Key(string origin);

    /// <summary>Null as <see cref="Key"/>.</summary>
    NoteSignature? Sign(string origin, string body);

    /// <summary>Makes a new key. The old one signs <paramref name="body"/> a last time and is destroyed. Null as <see cref="Key"/>.</summary>
    /// <param name="body">Signed by both.</param>
    /// <param name="kept">Called with both signatures before the old key is destroyed; false: everything stays as it was.</param>
    Task<bool?> RotateAsync(string origin, string body, Func<KeyChange, Task<bool>> kept);

    /// <summary>Ed25519 (RFC 8032).</summary>
    bool Verify(ReadOnlyMemory<byte> key, byte[] message, byte[] signature);
}

/// <param name="ByOld">The old key's signature.</param>
/// <param name="ByNew">The new key's.</param>
public sealed record KeyChange(NoteKey Old, NoteKey New, NoteSignature ByOld, NoteSignature ByNew);
