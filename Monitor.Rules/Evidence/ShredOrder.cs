using Monitor.Rules.Cases;

namespace Monitor.Rules.Evidence;

/// <summary>That keys of sealed material are to be destroyed, when and why. A preservation order stands above it: then it waits.</summary>
public sealed record ShredOrder : IVersioned
{
    /// <summary>Ground and target: "media-expired/T000001". There is one of each.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string OwnerAgency { get; init; }

    public required string TargetId { get; init; }

    public required ShredGround Ground { get; init; }

    /// <summary>Vault items; empty: whatever the ground means by then.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is carried out; null: done, taken back, or the second person has not agreed yet.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>First of two people; null where the rules ordered it.</summary>
    public Decision? Asked { get; init; }

    /// <summary>Second of two people.</summary>
    public Decision? Confirmed { get; init; }

    /// <summary>True: a hold stopped it the last time.</summary>
    public bool Held { get; init; }

    /// <summary>Keys destroyed on this order so far.</summary>
    public int Shredded { get; init; }

    public static string IdOf(ShredGround ground, string targetId) => $"{Name(ground)}/{targetId}";

    /// <summary>In the custody log.</summary>
    public static string Name(ShredGround ground) => ground switch
    {
        ShredGround.KnownMaterial => "known-material",
        ShredGround.MediaExpired => "media-expired",
        ShredGround.RecordsExpired => "records-expired",
        ShredGround.Ordered => "ordered",
    };
}

public enum ShredGround
{
    /// <summary>A bank has come to know it since it was sealed.</summary>
    KnownMaterial,

    /// <summary>Media that no bank knows, some time after the case was verified.</summary>
    MediaExpired,

    /// <summary>Everything of a target, some years after its case was closed.</summary>
    RecordsExpired,

    /// <summary>Two people decided it.</summary>
    Ordered,
}
