using Monitor.Worker.Ports;

namespace Monitor.Worker.Channels;

/// <summary>An installation without a mailbox that could be looked into.</summary>
public sealed class NoSentFolder : ISentFolder
{
    public Task<FateAnswer> FindAsync(string messageId, CancellationToken cancellation) =>
        Task.FromResult<FateAnswer>(new FateAnswer.NoNews("no Sent folder configured"));
}
