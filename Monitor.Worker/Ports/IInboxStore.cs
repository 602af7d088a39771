using Monitor.Rules.Hashing;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Ports;

public interface IInboxStore
{
    ValueTask<InboundMail?> FindMailAsync(string id, AgencyScope scope, CancellationToken cancellation);

    ValueTask<InboundMail?> FindMailByDigestAsync(Digest digest, CancellationToken cancellation);

    /// <summary>In id order.</summary>
    ValueTask<IReadOnlyList<InboundMail>> ListMailAsync(InboundState? state, AgencyScope scope, Paging page, CancellationToken cancellation);

    /// <summary>In id order.</summary>
    ValueTask<IReadOnlyList<InboundMail>> MailOfNoticeAsync(string reference, AgencyScope scope, CancellationToken cancellation);

    /// <summary>The notice whose reply address bears this token, or null.</summary>
    ValueTask<Notice?> FindNoticeByTokenAsync(string token, CancellationToken cancellation);

    /// <summary>Notices whose addressee gave them this ticket number.</summary>
    ValueTask<IReadOnlyList<Notice>> NoticesByTicketAsync(string ticket, CancellationToken cancellation);

    /// <summary>How far a mailbox was read; one that was never read has version 0.</summary>
    ValueTask<MailboxCursor> CursorAsync(string mailbox, CancellationToken cancellation);
}
