namespace Monitor.Worker.Channels;

/// <summary>What reading a secret came to. Nothing here says more about it than where it was looked for.</summary>
public abstract record SecretReading
{
    private SecretReading()
    {
    }

    public sealed record Found(Secret Secret) : SecretReading;

    /// <param name="Reason">For people; never holds any part of a secret.</param>
    public sealed record Refused(string Reason) : SecretReading;
}
