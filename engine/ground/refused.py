"""What the operating system refused, in two languages."""

from __future__ import annotations

import errno
import os

from engine.ground.errors import Problem, Text, short

_WORDS = {
    errno.ENOENT: Text("没有这个文件或文件夹", "No such file or directory"),
    errno.EISDIR: Text("是文件夹，不是文件", "Is a directory"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "Not a directory"),
    errno.EACCES: Text("没有权限", "Permission denied"),
    errno.EPERM: Text("没有权限", "Operation not permitted"),
    errno.ENOSPC: Text("磁盘已满", "No space left on device"),
    errno.EROFS: Text("磁盘只读", "Read-only file system"),
    errno.ENAMETOOLONG: Text("文件名太长", "File name too long"),
    errno.EEXIST: Text("已有同名的文件或文件夹", "File exists"),
    errno.EMFILE: Text("打开的文件太多", "Too many open files"),
    errno.EIO: Text("读写出错", "Input/output error"),
    errno.ELOOP: Text("链接绕成了圈", "Too many levels of symbolic links"),
}


def refusal(error: OSError | ValueError) -> Text:
    """Give why a file could not be read or written; what is seldom met in the words of the system.

    >>> refusal(IsADirectoryError(errno.EISDIR, "")).zh
    '是文件夹，不是文件'
    """
    code = getattr(error, "errno", None)
    words = os.strerror(code) if code else str(error)
    return _WORDS.get(code or 0) or Text(words, words)


def unreadable(name: str, error: OSError | ValueError) -> Problem:
    """Give the problem of a file that cannot be read."""
    why = refusal(error)
    return Problem(short(name), Text(f"无法读取：{why.zh}", f"cannot be read: {why.en}"))
