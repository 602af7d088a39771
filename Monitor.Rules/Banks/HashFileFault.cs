namespace Monitor.Rules.Banks;

/// <summary>Why a bank file or an index file is not used. Index files are built anew from the banks; a bank must be imported again or restored.</summary>
public enum HashFileFault
{
    /// <summary>Too short for a header, or another program's file.</summary>
    Foreign,

    /// <summary>Written by another version of this program.</summary>
    OtherVersion,

    /// <summary>Holds another kind of hash than its name says.</summary>
    OtherKind,

    /// <summary>The header is not what was written.</summary>
    HeaderDamaged,

    /// <summary>Shorter or longer than its header says.</summary>
    Truncated,

    /// <summary>The rest does not have the digest that the header names.</summary>
    BodyDamaged,

    /// <summary>Built from other bank versions than those in force.</summary>
    OtherSources,

    /// <summary>There is no such file, or it cannot be read.</summary>
    Missing,
}
