namespace Monitor.Worker.Channels;

/// <param name="Name">File name, ASCII.</param>
/// <param name="MediaType">For instance "application/pdf".</param>
public sealed record MailAttachment(string Name, string MediaType, byte[] Content);
