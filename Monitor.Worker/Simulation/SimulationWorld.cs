using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Simulation;

/// <summary>What all targets of a run share; read only while it runs.</summary>
internal sealed class SimulationWorld
{
    private readonly RemovalRules _open;
    private readonly RemovalRules _walled;

    public SimulationWorld(SimulationOrder order)
    {
        Population = order.Population;
        Seed = order.Seed;
        Weakening = order.Weakening;
        End = Start.AddDays(order.Days);
        Down = new OwnDowntime(order.Population, order.Seed, Start, End);
        var rules = new RemovalRules { RequiredVantages = [Truth.Direct, Truth.Abroad] };
        _open = Weakening.Ease(rules);
        _walled = Weakening.Ease(rules with { Walled = true });
    }

    /// <summary>The default ladder, from delivery on.</summary>
    public static IReadOnlyList<LadderStep> Ladder { get; } =
    [
        new(TimeSpan.FromHours(24), LadderAction.SecondChannel),
        new(TimeSpan.FromHours(48), LadderAction.Infrastructure),
        new(TimeSpan.FromHours(72), LadderAction.Authority),
        new(TimeSpan.FromDays(7), LadderAction.Sanction),
    ];

    public Population Population { get; }

    public int Seed { get; }

    public Weakening Weakening { get; }

    /// <summary>Any fixed instant would do: virtual time has no calendar but the hours people work.</summary>
    public DateTimeOffset Start { get; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset End { get; }

    public OwnDowntime Down { get; }

    public RemovalRules RulesOf(bool walled) => walled ? _walled : _open;
}
