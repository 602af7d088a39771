using System.Text;

namespace Monitor.Worker.Cli;

/// <summary>Turns what is written into frames on the socket.</summary>
public sealed class FrameWriter(Stream stream, byte kind, SemaphoreSlim turn) : TextWriter
{
    private readonly StringBuilder _line = new();
    private readonly Lock _gate = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_gate)
        {
            _line.Append(value);
        }

        if (value == '\n')
        {
            Flush();
        }
    }

    public override void Write(string? value)
    {
        lock (_gate)
        {
            _line.Append(value);
        }

        if (_line.Length > 4096 || (value?.Contains('\n', StringComparison.Ordinal) ?? false) || (value?.StartsWith('\r') ?? false))
        {
            Flush();
        }
    }

    public override void Flush() => FlushAsync().GetAwaiter().GetResult();

    public override async Task FlushAsync()
    {
        byte[] bytes;
        lock (_gate)
        {
            if (_line.Length == 0)
            {
                return;
            }

            bytes = Encoding.UTF8.GetBytes(_line.ToString());
            _line.Clear();
        }

        await turn.WaitAsync();
        try
        {
            await OwnerProtocol.WriteAsync(stream, kind, bytes, CancellationToken.None);
        }
        catch (IOException)
        {
            // The caller went away: the act goes on, nobody is left to be told.
        }
        finally
        {
            turn.Release();
        }
    }
}
