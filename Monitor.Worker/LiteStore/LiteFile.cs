using LiteDB;
using LiteDB.Engine;

namespace Monitor.Worker.LiteStore;

/// <summary>One LiteDB database over our own files: ordinal collation, no checkpoint but ours.</summary>
internal sealed class LiteFile : IDisposable
{
    private readonly DataFile _data;

    private LiteFile(LogFile log, DataFile data, LiteDatabase database)
    {
        Log = log;
        _data = data;
        Database = database;
    }

    public LiteDatabase Database { get; }

    public LogFile Log { get; }

    /// <summary>Opens or creates <paramref name="path"/> and its log beside it ("name-log.db").</summary>
    /// <returns>Null with a <paramref name="problem"/> when the bytes are no database.</returns>
    public static LiteFile? TryOpen(string path, out string problem)
    {
        var log = new LogFile(LogPath(path));
        DataFile? data = null;
        LiteEngine? engine = null;
        try
        {
            data = new DataFile(path, log);
            if (data.Length == 0 && log.Length > 0)
            {
                problem = "the log is there but the data file is empty";
            }
            else
            {
                engine = new LiteEngine(new EngineSettings { DataStream = data, LogStream = log, Collation = Collation.Binary });
                var database = new LiteDatabase(engine, new BsonMapper());
                if (database.Collation.SortOptions == System.Globalization.CompareOptions.Ordinal)
                {
                    problem = "";
                    return new LiteFile(log, data, database);
                }

                problem = "the file was not made by this program: its order is not ordinal";
            }
        }
        catch (Exception failure) when (failure is LiteException or IOException or InvalidDataException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or InvalidCastException or OverflowException or FormatException)
        {
            // The engine meets damage with whatever exception its parser runs into.
            problem = failure.Message;
        }

        Try(() => engine?.Dispose());
        data?.Dispose();
        log.Dispose();
        return null;
    }

    public static string LogPath(string path) => Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + "-log" + Path.GetExtension(path));

    /// <summary>Copies the data file; the log must be empty and the gate closed to others.</summary>
    public void CopyTo(string destination) => _data.CopyWhole(destination);

    public void Dispose()
    {
        Try(Database.Dispose);
        _data.Dispose();
        Log.Dispose();
    }

    // An engine that closed itself over damage throws again on the way out.
    private static void Try(Action dispose)
    {
        try
        {
            dispose();
        }
        catch (LiteException)
        {
        }
        catch (NullReferenceException)
        {
        }
    }
}
