using Monitor.Rules.Takedowns;

namespace Monitor.Tests.Takedowns;

/// <summary>Holds a transition table against an expectation written out by hand: a grid of every pair, and the effects beside it.</summary>
internal static class TableWalk
{
    /// <param name="grid">First line: triggers. Then a line per state: its name and a cell per trigger; a state's name, "." for no change, "x" for illegal.</param>
    /// <param name="effects">"State Trigger: Effect, Effect" for every move that has any.</param>
    public static void Matches<TState, TTrigger, TEffect>(TransitionTable<TState, TTrigger, TEffect> table, string grid, string effects)
        where TState : struct, Enum
        where TTrigger : struct, Enum
        where TEffect : struct, Enum
    {
        var lines = grid.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var triggers = Cells(lines[0]).Select(Enum.Parse<TTrigger>).ToList();
        Assert.Equal(Enum.GetValues<TTrigger>().Order(), triggers.Order());
        Assert.Equal(Enum.GetValues<TState>().Order(), lines[1..].Select(line => Enum.Parse<TState>(Cells(line)[0])).Order());

        var wanted = effects.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), StringComparer.Ordinal);
        foreach (var line in lines[1..])
        {
            var cells = Cells(line);
            Assert.Equal(triggers.Count + 1, cells.Length);
            var state = Enum.Parse<TState>(cells[0]);
            for (var i = 0; i < triggers.Count; i++)
            {
                var pair = $"{state} {triggers[i]}";
                var (told, did) = table.Apply(state, triggers[i]) switch
                {
                    Transition<TState, TEffect>.Moved moved => (moved.Next.ToString(), string.Join(", ", moved.Effects)),
                    Transition<TState, TEffect>.NoChange => (".", ""),
                    Transition<TState, TEffect>.Illegal illegal => (illegal.Reason.Length > 0 ? "x" : "an unexplained refusal", ""),
                    _ => throw new InvalidOperationException("unknown transition"),
                };
                Assert.Equal($"{pair} → {cells[i + 1]} / {wanted.GetValueOrDefault(pair, "")}", $"{pair} → {told} / {did}");
                wanted.Remove(pair);
            }
        }

        Assert.Empty(wanted);
    }

    /// <summary>States that can be reached from <paramref name="start"/>, itself included.</summary>
    public static IReadOnlySet<TState> Reachable<TState, TTrigger, TEffect>(TransitionTable<TState, TTrigger, TEffect> table, TState start)
        where TState : struct, Enum
        where TTrigger : struct, Enum
        where TEffect : struct, Enum
    {
        var seen = new HashSet<TState> { start };
        var open = new Queue<TState>([start]);
        while (open.TryDequeue(out var state))
        {
            foreach (var trigger in Enum.GetValues<TTrigger>())
            {
                if (table.Apply(state, trigger) is Transition<TState, TEffect>.Moved moved && seen.Add(moved.Next))
                {
                    open.Enqueue(moved.Next);
                }
            }
        }

        return seen;
    }

    /// <summary>States that nothing leads out of.</summary>
    public static IEnumerable<TState> Ends<TState, TTrigger, TEffect>(TransitionTable<TState, TTrigger, TEffect> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum
        where TEffect : struct, Enum =>
        Enum.GetValues<TState>().Where(state => Enum.GetValues<TTrigger>().All(trigger =>
            table.Apply(state, trigger) is not Transition<TState, TEffect>.Moved moved || moved.Next.Equals(state)));

    /// <summary>Every state passed through, the start first; illegal triggers are refused and change nothing.</summary>
    public static IReadOnlyList<(TState From, TTrigger Trigger, TState To)> Play<TState, TTrigger, TEffect>(TransitionTable<TState, TTrigger, TEffect> table, TState start, byte[] sequence)
        where TState : struct, Enum
        where TTrigger : struct, Enum
        where TEffect : struct, Enum
    {
        var triggers = Enum.GetValues<TTrigger>();
        var state = start;
        var steps = new List<(TState, TTrigger, TState)>();
        foreach (var one in sequence)
        {
            var trigger = triggers[one % triggers.Length];
            var from = state;
            state = table.Apply(state, trigger) is Transition<TState, TEffect>.Moved moved ? moved.Next : state;
            Assert.True(Enum.IsDefined(state));
            steps.Add((from, trigger, state));
        }

        return steps;
    }

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
