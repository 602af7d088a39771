namespace Monitor.Worker.Banks;

/// <summary>
/// Marks beside bank files whose body was found not to have its digest. A marked file is read whole before it is used again, in every process:
/// damaged still, it stays out of force; put back as it was, it counts again and the mark goes.
/// </summary>
internal sealed class DamageMarks(string dataDirectory)
{
    public const string Extension = ".damaged";
    private const string ToldWord = "told";

    /// <param name="file">Path of the bank under the data directory.</param>
    public bool Has(string file) => File.Exists(PathOf(file));

    public void Set(string file)
    {
        if (!Has(file))
        {
            File.WriteAllText(PathOf(file), "");
        }
    }

    public void Remove(string file) => File.Delete(PathOf(file));

    /// <summary>Whether people were told of the damage.</summary>
    public bool IsTold(string file) => Has(file) && File.ReadAllText(PathOf(file)) == ToldWord;

    public void SetTold(string file) => File.WriteAllText(PathOf(file), ToldWord);

    private string PathOf(string file) => Path.Combine(dataDirectory, file) + Extension;
}
