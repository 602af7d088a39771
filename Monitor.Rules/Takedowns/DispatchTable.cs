using Table = Monitor.Rules.Takedowns.TransitionTable<
    Monitor.Rules.Takedowns.DispatchState,
    Monitor.Rules.Takedowns.DispatchTrigger,
    Monitor.Rules.Takedowns.DispatchEffect>;

namespace Monitor.Rules.Takedowns;

public enum DispatchTrigger
{
    /// <summary>The second person approved exactly these bytes.</summary>
    Approve,

    /// <summary>Approved, but the addressee acts only on a signed document.</summary>
    ApproveUnsigned,
    SignatureUploaded,

    /// <summary>Written down before the first byte leaves.</summary>
    BeginSend,

    /// <summary>The receiving server took responsibility (SMTP 250).</summary>
    Accepted,

    /// <summary>Certain that nothing was accepted: no connection, refused log-in, 4xx, lost before the end of DATA.</summary>
    NotAccepted,

    /// <summary>Refused for good (5xx).</summary>
    Rejected,

    /// <summary>Lost between the end of DATA and the reply, or found in Sending after a restart.</summary>
    FateUnknown,

    /// <summary>Unresolved for too long: once more, same number and Message-ID, marked as a copy.</summary>
    BeginResend,

    /// <summary>DSN, receipt or confirmation.</summary>
    DeliveryConfirmed,
    BounceReceived,

    /// <summary>A person filled in the form or handed it over, with a confirmation number and a capture.</summary>
    DeliveredByHand,

    /// <summary>Whoever would know is certain that it never arrived: it may go out as if for the first time.</summary>
    NeverArrived,
    Cancel,
}

public enum DispatchEffect
{
    Enqueue,
    StartLegalClock,
    AlertPerson,
    MarkResentCopy,
    Retry,
}

/// <summary>Dispatch of one notice version over one channel. Intent is saved before effect: nothing leaves from any state but Sending.</summary>
public static class DispatchTable
{
    public static Table Instance { get; } = new Table.Builder("Dispatch")
        .On(DispatchState.Drafted, DispatchTrigger.Approve, DispatchState.Approved, DispatchEffect.Enqueue)
        .On(DispatchState.Drafted, DispatchTrigger.ApproveUnsigned, DispatchState.AwaitingSignature)
        .On(DispatchState.Drafted, DispatchTrigger.Cancel, DispatchState.Cancelled)
        .On(DispatchState.AwaitingSignature, DispatchTrigger.SignatureUploaded, DispatchState.Approved, DispatchEffect.Enqueue)
        .On(DispatchState.AwaitingSignature, DispatchTrigger.Cancel, DispatchState.Cancelled)
        .On(DispatchState.Approved, DispatchTrigger.BeginSend, DispatchState.Sending)
        .On(DispatchState.Approved, DispatchTrigger.Cancel, DispatchState.Cancelled)
        .On(DispatchState.Approved, DispatchTrigger.DeliveredByHand, DispatchState.Delivered, DispatchEffect.StartLegalClock)
        .On(DispatchState.Sending, DispatchTrigger.Accepted, DispatchState.Sent, DispatchEffect.StartLegalClock)
        .On(DispatchState.Sending, DispatchTrigger.NotAccepted, DispatchState.Approved, DispatchEffect.Retry)
        .On(DispatchState.Sending, DispatchTrigger.Rejected, DispatchState.Bounced, DispatchEffect.AlertPerson)
        .On(DispatchState.Sending, DispatchTrigger.FateUnknown, DispatchState.DeliveryUnknown)
        .On(DispatchState.DeliveryUnknown, DispatchTrigger.BeginResend, DispatchState.Sending, DispatchEffect.MarkResentCopy, DispatchEffect.AlertPerson)
        .On(DispatchState.DeliveryUnknown, DispatchTrigger.Accepted, DispatchState.Sent, DispatchEffect.StartLegalClock)
        .On(DispatchState.DeliveryUnknown, DispatchTrigger.DeliveryConfirmed, DispatchState.Delivered, DispatchEffect.StartLegalClock)
        .On(DispatchState.DeliveryUnknown, DispatchTrigger.BounceReceived, DispatchState.Bounced, DispatchEffect.AlertPerson)
        .On(DispatchState.DeliveryUnknown, DispatchTrigger.NeverArrived, DispatchState.Approved, DispatchEffect.Retry)
        .Ignore(DispatchState.DeliveryUnknown, DispatchTrigger.FateUnknown)
        .On(DispatchState.Sent, DispatchTrigger.DeliveryConfirmed, DispatchState.Delivered, DispatchEffect.StartLegalClock)
        .On(DispatchState.Sent, DispatchTrigger.BounceReceived, DispatchState.Bounced, DispatchEffect.AlertPerson)
        .Ignore(DispatchState.Sent, DispatchTrigger.Accepted)
        .Ignore(DispatchState.Delivered, DispatchTrigger.DeliveryConfirmed, DispatchTrigger.Accepted)
        .Ignore(DispatchState.Bounced, DispatchTrigger.BounceReceived)
        .Ignore(DispatchState.Cancelled, DispatchTrigger.Cancel)
        .Build();
}
