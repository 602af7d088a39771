using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using Serilog;

namespace Monitor.Worker.Cli;

/// <summary>Takes calls from other processes of the same user while `run` is up. The socket is readable by its owner only.</summary>
public sealed class OwnerServer(House house, ILogger log) : IAsyncDisposable
{
    /// <summary>Real time that calls under way get to come to their end before they are told to stop, and once more to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _accept = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, Task> _serving = new();
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
        await _accept.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        // An act that was begun is finished and told: the house closes only after the last call.
        await FinishedAsync(Grace);
        await _stop.CancelAsync();
        var finished = await FinishedAsync(Grace);
        try
        {
            File.Delete(OwnerProtocol.SocketOf(house.Options.DataDirectory));
        }
        catch (IOException)
        {
            // Left over; the next owner removes it.
        }

        if (finished)
        {
            _accept.Dispose();
            _stop.Dispose();
            _callers.Dispose();
        }
    }

    private async Task<bool> FinishedAsync(TimeSpan patience)
    {
        try
        {
            await Task.WhenAll(_serving.Values).WaitAsync(patience, TimeProvider.System);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        for (long number = 0; !_accept.IsCancellationRequested; number++)
        {
            Socket caller;
            try
            {
                await _callers.WaitAsync(_accept.Token);
                caller = await listener.AcceptAsync(_accept.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            var key = number;
            var served = ServeAsync(caller);
            _serving[key] = served;
            _ = served.ContinueWith(_ => _serving.TryRemove(key, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        await Task.Yield();
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
