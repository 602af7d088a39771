using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Monitor.Worker.Cli;

/// <summary>Sends a call to the process that owns the data directory and passes its answer on.</summary>
public static class OwnerClient
{
    public static async Task<int> ForwardAsync(CliContext context, CancellationToken cancellation)
    {
        var path = OwnerProtocol.SocketOf(context.DataDirectory);
        if (!OwnerProtocol.Fits(context.DataDirectory))
        {
            // No owner listens there; who holds the directory is another one-off verb.
            return Busy(context);
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        }
        catch (SocketException)
        {
            // Owned, but by a process that takes no calls (another one-off verb): a short moment later it may be free.
            return Busy(context);
        }

        await using var stream = new NetworkStream(socket);
        try
        {
            if (await CallAsync(context, stream, cancellation) is { } exit)
            {
                return exit;
            }
        }
        catch (IOException)
        {
            // A process that is killed resets the connection instead of closing it: the same thing to say.
        }

        context.Err.WriteLine(context.Say(
            "Mất kết nối với tiến trình đang chạy; hãy kiểm tra xem việc đã được ghi nhận chưa trước khi làm lại.",
            "Lost the running process; check whether the act was recorded before repeating it."));
        return ExitCodes.Infrastructure;
    }

    /// <summary>Null when the connection ended before the exit code came.</summary>
    private static async Task<int?> CallAsync(CliContext context, Stream stream, CancellationToken cancellation)
    {
        await OwnerProtocol.WriteAsync(stream, OwnerProtocol.Call, OwnerProtocol.Encode(new OwnerCall(context.Arguments, context.WorkingDirectory, context.DefaultUser, context.IsTerminal)), cancellation);
        while (await OwnerProtocol.ReadAsync(stream, OwnerProtocol.MaxPiece, cancellation) is { } frame)
        {
            switch (frame.Kind)
            {
                case OwnerProtocol.Out:
                    await context.Out.WriteAsync(Encoding.UTF8.GetString(frame.Payload));
                    break;
                case OwnerProtocol.Err:
                    await context.Err.WriteAsync(Encoding.UTF8.GetString(frame.Payload));
                    break;
                case OwnerProtocol.Exit when frame.Payload.Length == 4:
                    return BinaryPrimitives.ReadInt32BigEndian(frame.Payload);
            }
        }

        return null;
    }

    private static int Busy(CliContext context)
    {
        context.Err.WriteLine(context.Say(
            $"Thư mục dữ liệu '{context.DataDirectory}' đang bận: một lệnh khác đang giữ. Hãy thử lại sau giây lát.",
            $"The data directory '{context.DataDirectory}' is busy: another command holds it. Try again in a moment."));
        return ExitCodes.Infrastructure;
    }
}
