using System.Collections.Frozen;
using System.Text;

namespace Monitor.Rules.Takedowns;

/// <summary>What a trigger does to a state.</summary>
public abstract record Transition<TState, TEffect>
    where TState : struct, Enum
    where TEffect : struct, Enum
{
    private Transition()
    {
    }

    public sealed record Moved(TState Next, IReadOnlyList<TEffect> Effects) : Transition<TState, TEffect>;

    /// <summary>Allowed and already so, or of no consequence.</summary>
    public sealed record NoChange : Transition<TState, TEffect>;

    /// <summary>Must not happen in this state: the caller refuses the act and says why.</summary>
    public sealed record Illegal(string Reason) : Transition<TState, TEffect>;
}

/// <summary>
/// A state machine as data: every pair of state and trigger is either listed or illegal. Pure, total, and drawn from the same rows
/// that decide, so that the picture in the README cannot lie.
/// </summary>
public sealed class TransitionTable<TState, TTrigger, TEffect>
    where TState : struct, Enum
    where TTrigger : struct, Enum
    where TEffect : struct, Enum
{
    private readonly FrozenDictionary<(TState State, TTrigger Trigger), Row> _rows;
    private readonly List<Row> _ordered;

    private TransitionTable(string name, List<Row> rows)
    {
        Name = name;
        _ordered = rows;
        _rows = rows.ToFrozenDictionary(row => (row.From, row.Trigger));
    }

    public string Name { get; }

    public Transition<TState, TEffect> Apply(TState state, TTrigger trigger)
    {
        if (!_rows.TryGetValue((state, trigger), out var row))
        {
            return new Transition<TState, TEffect>.Illegal($"{Name}: {trigger} is not possible while {state}");
        }

        return row.Next is { } next
            ? new Transition<TState, TEffect>.Moved(next, row.Effects)
            : new Transition<TState, TEffect>.NoChange();
    }

    /// <summary>The table as a Mermaid state diagram; triggers that change nothing are left out.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        text.Append("    [*] --> ").Append(Enum.GetValues<TState>()[0]).Append('\n');
        foreach (var row in _ordered)
        {
            if (row.Next is { } next)
            {
                text.Append("    ").Append(row.From).Append(" --> ").Append(next).Append(": ").Append(row.Trigger);
                if (row.Effects.Count > 0)
                {
                    text.Append(" / ").AppendJoin(", ", row.Effects);
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private sealed record Row(TState From, TTrigger Trigger, TState? Next, IReadOnlyList<TEffect> Effects);

    public sealed class Builder
    {
        private readonly string _name;
        private readonly List<Row> _rows = [];

        /// <summary>Starts a table; a pair listed twice is a programming error and throws when it is built.</summary>
        public Builder(string name) => _name = name;

        public Builder On(TState from, TTrigger trigger, TState next, params IReadOnlyList<TEffect> effects)
        {
            _rows.Add(new Row(from, trigger, next, effects));
            return this;
        }

        /// <summary>The triggers are allowed in this state and change nothing.</summary>
        public Builder Ignore(TState from, params IReadOnlyList<TTrigger> triggers)
        {
            foreach (var trigger in triggers)
            {
                _rows.Add(new Row(from, trigger, null, []));
            }

            return this;
        }

        public TransitionTable<TState, TTrigger, TEffect> Build() => new(_name, _rows);
    }
}
