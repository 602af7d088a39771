namespace Monitor.Rules.Matching;

/// <summary>How much of an index file is proven before it is used.</summary>
public enum PdqIndexCheck
{
    /// <summary>Its header, its table of digests and all numbers that steer reading. A look-up then stays inside the memory whatever the rest holds.</summary>
    Structure,

    /// <summary>Every byte, by its digests. About a second for a gigabyte on one thread.</summary>
    Everything,
}
