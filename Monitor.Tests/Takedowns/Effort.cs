namespace Monitor.Tests.Takedowns;

/// <summary>How hard the properties of the deciding rules are tried. Mutation runs them once for each mutant, and a fault that is there shows within a few hundred tries.</summary>
internal static class Effort
{
#if MUTATION
    public const int Share = 20;
#else
    public const int Share = 1;
#endif
}
