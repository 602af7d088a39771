namespace Monitor.Worker.Ports;

/// <summary>The folder of sent mail of our own mailbox: it knows what our server had accepted.</summary>
public interface ISentFolder
{
    /// <param name="messageId">Without angle brackets.</param>
    /// <param name="cancellation">Stops the look-up.</param>
    /// <returns>Accepted when a copy lies there; that none does proves nothing, for not every server files one: no news.</returns>
    Task<FateAnswer> FindAsync(string messageId, CancellationToken cancellation);
}
