namespace Monitor.Worker.Ports;

/// <summary>Reads the public keys that packages are encrypted to.</summary>
public interface IRecipientKeys
{
    RecipientKeyReading Read(string key, DateTimeOffset now);
}

public abstract record RecipientKeyReading
{
    private RecipientKeyReading()
    {
    }

    /// <param name="Fingerprint">As people compare it: upper-case hex.</param>
    /// <param name="Whose">Name in the key or certificate.</param>
    public sealed record Good(string Fingerprint, string Whose) : RecipientKeyReading;

    /// <param name="Code">"expired", "revoked", "not-for-encryption", "unreadable" …</param>
    public sealed record Unusable(string Code) : RecipientKeyReading;
}
