using Monitor.Rules.Removal;

namespace Monitor.Worker.Simulation;

/// <summary>What became of one target. Hours count from the sending of the demand unless said otherwise; NaN: did not happen.</summary>
internal struct TargetOutcome
{
    public Behaviour Behaviour;
    public RemovalState State;

    /// <summary>From sending to the end of the run: beyond it nothing is known (censored).</summary>
    public float Followed;

    /// <summary>First taken down for good, by the truth.</summary>
    public float TruthGone;

    /// <summary>First gone as measured: of the first run that was confirmed, else of the one that stands at the end.</summary>
    public float MeasuredGone;

    /// <summary>From taken down (truth) to the first confirmation.</summary>
    public float ConfirmDelay;

    /// <summary>Come back (truth) to noticed, of the first that was noticed.</summary>
    public float ReappearanceDelay;
    public int Checks;
    public int Probes;
    public ushort Confirmations;
    public ushort FalseConfirmations;
    public ushort Durable;
    public ushort FalseDurable;
    public ushort Reminders;
    public ushort PersonLooks;

    /// <summary>People who saw it gone and could record nothing, because the proof counts no look of theirs in that state.</summary>
    public ushort UnusedLooks;
    public ushort Reuploads;
    public ushort ReuploadsFound;

    /// <summary>Sent: the demand, media and reappearance notices.</summary>
    public ushort Notices;
    public ushort ReplySaysRemoved;

    /// <summary>Bit per rung of the ladder that was climbed at least once.</summary>
    public byte Rungs;

    /// <summary>Gone (truth) for a week and more at the end, and not confirmed.</summary>
    public bool Missed;
}
