using System.Buffers.Binary;
using System.Net.Sockets;
using Serilog;

namespace Monitor.Worker.Cli;

/// <summary>Takes calls from other processes of the same user while `run` is up. The socket is readable by its owner only.</summary>
public sealed class OwnerServer(House house, ILogger log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _callers = new(16, 16);
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    public void Start()
    {
        var path = OwnerProtocol.SocketOf(house.Options.DataDirectory);
        // We hold the directory's lock: a socket file found here is left over from a process that died.
        File.Delete(path);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen(32);
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        try
        {
            File.Delete(OwnerProtocol.SocketOf(house.Options.DataDirectory));
        }
        catch (IOException)
        {
            // Left over; the next owner removes it.
        }

        _stop.Dispose();
        _callers.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket caller;
            try
            {
                caller = await listener.AcceptAsync(_stop.Token);
                await _callers.WaitAsync(_stop.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            _ = ServeAsync(caller);
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        try
        {
            await using var stream = new NetworkStream(caller, ownsSocket: true);
            if (await OwnerProtocol.ReadAsync(stream, OwnerProtocol.MaxCall, _stop.Token) is not { Kind: OwnerProtocol.Call } frame || OwnerProtocol.Decode(frame.Payload) is not { } call)
            {
                return;
            }

            using var turn = new SemaphoreSlim(1, 1);
            await using var output = new FrameWriter(stream, OwnerProtocol.Out, turn);
            await using var error = new FrameWriter(stream, OwnerProtocol.Err, turn);
            var context = new CliContext
            {
                Out = output,
                Err = error,
                WorkingDirectory = call.WorkingDirectory,
                DefaultUser = call.User,
                IsTerminal = call.IsTerminal,
                Arguments = call.Arguments,
                House = house,
            };
            var exit = await CommandLine.RunAsync(context, call.Arguments, _stop.Token);
            await output.FlushAsync();
            await error.FlushAsync();
            var code = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(code, exit);
            await OwnerProtocol.WriteAsync(stream, OwnerProtocol.Exit, code, CancellationToken.None);
        }
#pragma warning disable CA1031 // The job's edge: a call that fails must not take the owner down.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            if (problem is not (IOException or OperationCanceledException))
            {
                log.Error("A forwarded call failed: {Problem} at {Where}", problem.GetType().Name, problem.TargetSite?.Name);
            }
        }
        finally
        {
            _callers.Release();
        }
    }
}
