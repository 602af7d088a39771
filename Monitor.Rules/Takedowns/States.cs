namespace Monitor.Rules.Takedowns;

/// <summary>Where one notice version stands on its way out over one channel.</summary>
public enum DispatchState
{
    Drafted,
    AwaitingSignature,
    Approved,
    Sending,
    DeliveryUnknown,
    Sent,
    Delivered,
    Bounced,

    /// <summary>Stopped by a person before anything left.</summary>
    Cancelled,
}

/// <summary>Where the demand stands between us and the platform.</summary>
public enum DemandState
{
    Open,
    Acknowledged,
    Refused,
    OnHold,
    Withdrawn,
    Closed,
}
