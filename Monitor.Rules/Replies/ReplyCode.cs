namespace Monitor.Rules.Replies;

/// <summary>What a platform answered, in the words of the notice's reply code. Never a proof of anything.</summary>
public enum ReplyCode
{
    Removed,
    GeoRestricted,
    Partial,
    Refused,
    MoreInfo,

    /// <summary>Received, and nothing more said: what an authority answers to a relay.</summary>
    Acknowledged,
}
