using Table = Monitor.Rules.Takedowns.TransitionTable<
    Monitor.Rules.Transfers.TransferState,
    Monitor.Rules.Transfers.TransferTrigger,
    Monitor.Rules.Transfers.TransferEffect>;

namespace Monitor.Rules.Transfers;

public enum TransferState
{
    Sent,

    /// <summary>The receiving agency has it; nobody decided yet.</summary>
    Received,
    Accepted,

    /// <summary>Sent back with a reason; the sender may send another one.</summary>
    Returned,

    /// <summary>Taken back before anybody accepted it.</summary>
    Recalled,

    /// <summary>The result is there; the sender has not taken note yet.</summary>
    Answered,
    Closed,
}

public enum TransferTrigger
{
    Receive,
    Accept,
    Return,
    Recall,
    Answer,

    /// <summary>The sender takes note of the result.</summary>
    TakeNote,

    /// <summary>The result does not answer what was asked.</summary>
    AskAgain,
}

public enum TransferEffect
{
    /// <summary>The clock of the result runs.</summary>
    AwaitResult,
    StopClocks,
}

/// <summary>A transfer from its sending to the feedback.</summary>
public static class TransferTable
{
    public static Table Instance { get; } = new Table.Builder("Transfer")
        .On(TransferState.Sent, TransferTrigger.Receive, TransferState.Received, TransferEffect.AwaitResult)
        .On(TransferState.Sent, TransferTrigger.Recall, TransferState.Recalled, TransferEffect.StopClocks)
        .On(TransferState.Received, TransferTrigger.Accept, TransferState.Accepted)
        .On(TransferState.Received, TransferTrigger.Return, TransferState.Returned, TransferEffect.StopClocks)
        .On(TransferState.Received, TransferTrigger.Recall, TransferState.Recalled, TransferEffect.StopClocks)
        .On(TransferState.Accepted, TransferTrigger.Answer, TransferState.Answered, TransferEffect.StopClocks)
        .On(TransferState.Accepted, TransferTrigger.Return, TransferState.Returned, TransferEffect.StopClocks)
        .On(TransferState.Answered, TransferTrigger.TakeNote, TransferState.Closed)
        .On(TransferState.Answered, TransferTrigger.AskAgain, TransferState.Accepted, TransferEffect.AwaitResult)
        .Ignore(TransferState.Received, TransferTrigger.Receive)
        .Ignore(TransferState.Accepted, TransferTrigger.Receive)
        .Ignore(TransferState.Closed, TransferTrigger.TakeNote)
        .Build();
}
