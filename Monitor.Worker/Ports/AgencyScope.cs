namespace Monitor.Worker.Ports;

/// <summary>What the reader may see. Out of scope equals not found.</summary>
public sealed record AgencyScope
{
    private AgencyScope(IReadOnlyList<string>? agencies) => Agencies = agencies;

    /// <summary>Owner agencies visible; null: all.</summary>
    public IReadOnlyList<string>? Agencies { get; }

    /// <summary>The system itself, inspectors, administrators of the store.</summary>
    public static AgencyScope All { get; } = new((IReadOnlyList<string>?)null);

    public static AgencyScope Of(params IReadOnlyList<string> agencies) => new(agencies);

    public bool Sees(string ownerAgency) => Agencies is null || Agencies.Contains(ownerAgency);
}
