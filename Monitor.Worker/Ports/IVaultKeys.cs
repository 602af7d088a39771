namespace Monitor.Worker.Ports;

/// <summary>The key that all keys of the vault are wrapped under.</summary>
public interface IVaultKeys
{
    /// <summary>Changes it, or goes on with a change that was interrupted. Ends when the old key opens nothing any more.</summary>
    /// <param name="progress">Items looked at and their number.</param>
    Task<KeyRotation> RotateAsync(Action<long, long>? progress, CancellationToken cancellation);
}

/// <summary>How changing the key ended.</summary>
public abstract record KeyRotation
{
    private KeyRotation()
    {
    }

    /// <param name="Items">Data keys that were wrapped anew.</param>
    /// <param name="KeyFile">Must be backed up now; backups made before open with the old key only.</param>
    public sealed record Done(long Items, string KeyFile) : KeyRotation;

    /// <summary>The key was given in the environment: whoever gives it changes it.</summary>
    public sealed record NoFile : KeyRotation;
}
