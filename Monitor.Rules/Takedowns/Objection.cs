using Monitor.Rules.Cases;

namespace Monitor.Rules.Takedowns;

/// <summary>What the platform, the account's owner or somebody else said against a demand.</summary>
/// <param name="Number">Running number within the request, from 1.</param>
/// <param name="By">Who objects.</param>
/// <param name="Received">Who took it in, when, and in which words.</param>
/// <param name="ContentId">Vault id of the letter, or null.</param>
/// <param name="Decided">Who decided on it, or null while it waits.</param>
/// <param name="Upheld">True: the demand was wrong and was taken back.</param>
public sealed record Objection(int Number, ObjectionBy By, Decision Received, string? ContentId, Decision? Decided = null, bool Upheld = false);

public enum ObjectionBy
{
    Platform,

    /// <summary>Whoever published what was demanded to be removed.</summary>
    Uploader,
    Other,
}
