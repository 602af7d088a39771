namespace Monitor.Rules.Matching;

/// <summary>An entry within the radius that was asked for.</summary>
/// <param name="Ordinal">The entry's position in the list the index was built from.</param>
/// <param name="Distance">Differing bits, 0…31.</param>
public readonly record struct PdqHit(int Ordinal, int Distance);
