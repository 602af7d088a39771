namespace Monitor.Rules.Replies;

/// <summary>What a reading of a mail rests on; words for people are chosen where they are shown. None quotes the mail.</summary>
public enum ReplySignal
{
    /// <summary>It says that something was removed.</summary>
    SaysRemoved,

    /// <summary>It says that something was blocked for a place only.</summary>
    SaysRestricted,

    /// <summary>It speaks of a part of what was asked.</summary>
    SaysPart,

    /// <summary>It says no.</summary>
    SaysRefused,

    /// <summary>It asks for something.</summary>
    AsksForMore,

    /// <summary>It says that the request was received or will be looked at.</summary>
    SaysReceived,

    /// <summary>It says one thing of one page and another of another.</summary>
    Mixed,

    /// <summary>Nothing in it could be read as an answer.</summary>
    NothingRead,

    /// <summary>Its header says that a machine wrote it (RFC 3834).</summary>
    MarkedAutomatic,

    /// <summary>Its subject or words are those of an automatic reply.</summary>
    LooksAutomatic,

    /// <summary>It looks like a delivery failure, without a report that machines can read.</summary>
    LooksLikeBounce,

    /// <summary>It names some of the notice's pages: only those are meant.</summary>
    NamesPages,

    /// <summary>The sender's domain is the addressee's or the platform's.</summary>
    SenderIsAddressee,

    /// <summary>The sender's domain is another one.</summary>
    SenderIsAnother,

    /// <summary>The report is about another addressee than the notice's.</summary>
    OtherRecipient,

    /// <summary>The report says two things of the same address, or names one notice and was sent to the address of another.</summary>
    Contradicts,

    /// <summary>The notice stands where this report cannot be true, or cannot be true yet.</summary>
    DoesNotFit,
}
