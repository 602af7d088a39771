namespace Monitor.Rules.Takedowns;

/// <summary>What a platform must be given before it acts; without it a notice is not sent but refused as incomplete.</summary>
public enum NoticeRequirement
{
    /// <summary>The id of the post, found by the profile's pattern.</summary>
    Post,

    /// <summary>The account that published it.</summary>
    Account,

    /// <summary>At least one URL of the media themselves.</summary>
    MediaUrl,

    /// <summary>At least one SHA-256 of known media.</summary>
    Digest,
}
