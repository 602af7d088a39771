using Monitor.Rules.Matching;

namespace Monitor.Rules.Banks;

/// <summary>What people here, or the flood watch, decided about one entry of a bank. It outlives new versions of the bank. Without a row an entry is in force.</summary>
public sealed record HashEntryState : IVersioned
{
    /// <summary>"bank/kind/hash".</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string Bank { get; init; }

    public required HashKind Kind { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The label it had when this was decided, else the hash.</summary>
    public required string Entry { get; init; }

    public required string OwnerAgency { get; init; }

    public required EntryStanding Standing { get; init; }

    /// <summary>The person's words, or what the flood watch counted.</summary>
    public required string Reason { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The alert that told people of a quarantine; null when there was nobody to write to.</summary>
    public string? AlertId { get; init; }

    public static string IdOf(string bank, HashKind kind, string hash) => $"{bank}/{HashBankVersion.WordOf(kind)}/{hash}";
}

public enum EntryStanding
{
    InForce,

    /// <summary>A person took it out: it matches nothing.</summary>
    Disabled,

    /// <summary>It matched so much at once that it cannot be right: shown, but it raises nothing until a person has looked.</summary>
    Quarantined,

    /// <summary>In force: a person looked at its flood and let it stand. It is not quarantined again by itself.</summary>
    Released,
}
