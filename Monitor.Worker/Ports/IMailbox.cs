using Monitor.Rules.Replies;

namespace Monitor.Worker.Ports;

/// <summary>The mailbox that answers come to. It is only ever read: nothing in it is marked, moved or deleted.</summary>
public interface IMailbox
{
    /// <summary>"user@host:port/folder"; null: none is configured.</summary>
    string? Id { get; }

    /// <summary>Gives the messages after <paramref name="cursor"/> in the order they came, until the folder or the patience of <paramref name="take"/> ends.</summary>
    /// <param name="take">Deals with one message, and says whether to go on; it is handed the cursor to save along.</param>
    Task<MailboxReading> ReadAsync(MailboxCursor cursor, Func<ReceivedMail, MailboxCursor, CancellationToken, Task<bool>> take, CancellationToken cancellation);
}

/// <param name="Message">As the mailbox gave it, octet by octet; of one that is too large its beginning; empty when it could not be given out.</param>
/// <param name="Size">Octets of the whole message, as the mailbox says.</param>
public sealed record ReceivedMail(byte[] Message, long Size, DateTimeOffset ReceivedAt, MailContainment? Contained);

public abstract record MailboxReading
{
    private MailboxReading()
    {
    }

    /// <param name="Cursor">Where the reading ended; may have moved past messages that are gone.</param>
    public sealed record Done(MailboxCursor Cursor) : MailboxReading;

    /// <param name="Cursor">Where it ended.</param>
    public sealed record Failed(MailboxCursor Cursor, MailboxProblem Problem, string Detail) : MailboxReading;
}

/// <summary>Why a mailbox cannot be read; in kebab-case it is the cursor's problem.</summary>
public enum MailboxProblem
{
    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>The server's certificate cannot be trusted, or it does no TLS.</summary>
    NotEncrypted,

    NoPassword,
    SignInRefused,
    NoSuchFolder,

    /// <summary>It answers what no IMAP server should.</summary>
    Unintelligible,

    /// <summary>It gave a message, and that could not be sealed or saved here.</summary>
    NotTakenIn,
    TimedOut,
}
