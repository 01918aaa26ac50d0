"""The seccomp profile of docs/seccomp.json: how it is made, and how a process here is put under it.

    python -m tests.ground.seccomp_profile > docs/seccomp.json
    python -m tests.ground.seccomp_profile PROFILE USER COMMAND…

The first writes the profile anew: every system call that libseccomp knows, but for those that `REFUSED` names. What a
later kernel adds is therefore refused until somebody has thought about it. The second runs a command as a user without
rights under the profile, as a container engine would.
"""

import json
import os
import pwd
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyseccomp

PROFILE = Path(__file__).parents[2] / "docs/seccomp.json"
ARCHITECTURES = ("x86_64", "aarch64")
HIGHEST_NUMBER = 600
UNKNOWN = -1  # to this machine's libseccomp
EPERM, ENOSYS = 1, 38

REFUSED = {
    "mounts": """mount umount2 pivot_root fsopen fsmount fsconfig fspick open_tree open_tree_attr move_mount
        mount_setattr statmount listmount""",
    "namespaces of others": "setns",
    "kernel and machine": """acct adjtimex bpf clock_adjtime clock_settime create_module delete_module fanotify_init
        fanotify_mark finit_module get_kernel_syms init_module ioperm iopl kexec_file_load kexec_load lookup_dcookie
        modify_ldt nfsservctl perf_event_open personality query_module quotactl quotactl_fd reboot setdomainname
        sethostname settimeofday swapoff swapon sysfs syslog _sysctl uselib ustat vhangup vserver""",
    "memory of other processes": """kcmp migrate_pages move_pages pidfd_getfd process_madvise process_vm_readv
        process_vm_writev ptrace userfaultfd""",
    "keys of the kernel": "add_key keyctl request_key",
    "files by handle": "name_to_handle_at open_by_handle_at",
    "asynchronous rings, a frequent way out of containers": "io_uring_enter io_uring_register io_uring_setup",
}
# Chromium shuts pages up in namespaces of users, processes and network. These others it does not need.
OTHER_NAMESPACES = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000  # mounts, cgroups, host name, IPC
TIME_NAMESPACE = 0x80  # of unshare; clone has the number of a signal there
WITHOUT = {"clone": OTHER_NAMESPACES, "unshare": OTHER_NAMESPACES | TIME_NAMESPACE}


def profile() -> dict[str, Any]:
    """The profile in the form that container engines take."""
    refused = {name for names in REFUSED.values() for name in names.split()}
    allowed = sorted(_known() - refused - set(WITHOUT) - {"clone3"})
    return {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": ENOSYS,
        "archMap": [
            {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": []},
            {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": []},
        ],
        "syscalls": [
            {"names": allowed, "action": "SCMP_ACT_ALLOW"},
            *(
                {
                    "names": [name],
                    "action": "SCMP_ACT_ALLOW",
                    "args": [{"index": 0, "value": mask, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}],
                    "comment": "namespaces of users, processes and network, for Chromium's sandbox; no others",
                }
                for name, mask in WITHOUT.items()
            ),
            *(
                {"names": names.split(), "action": "SCMP_ACT_ERRNO", "errnoRet": EPERM, "comment": comment}
                for comment, names in REFUSED.items()
            ),
            {
                "names": ["clone3"],
                "action": "SCMP_ACT_ERRNO",
                "errnoRet": ENOSYS,
                "comment": "its flags cannot be looked at; callers then use clone",
            },
        ],
    }


def _known() -> set[str]:
    return {name for architecture in ARCHITECTURES for name in _names(architecture)}


def _names(architecture: str) -> Iterator[str]:
    arch = getattr(pyseccomp.Arch, architecture.upper())
    for number in range(HIGHEST_NUMBER):
        with suppress(ValueError):  # not every number is one
            yield pyseccomp.resolve_syscall(arch, number).decode()


def put_under(given: dict[str, Any]) -> None:
    """Put this process under a profile, for good. Names unknown to this machine's libseccomp are passed over."""
    default = _action(given["defaultAction"], given.get("defaultErrnoRet"))
    rules = pyseccomp.SyscallFilter(default)
    for group in given["syscalls"]:
        action = _action(group["action"], group.get("errnoRet"))
        if action == default:
            continue  # libseccomp takes no rule that changes nothing
        arguments = [
            pyseccomp.Arg(one["index"], pyseccomp.MASKED_EQ, one["value"], one["valueTwo"])
            for one in group.get("args", [])
        ]
        for name in group["names"]:
            if pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) != UNKNOWN:
                rules.add_rule(action, name, *arguments)
    rules.load()


def _action(name: str, error: int | None) -> int:
    return int(pyseccomp.ALLOW) if name == "SCMP_ACT_ALLOW" else int(pyseccomp.ERRNO(error or EPERM))


def main(arguments: list[str]) -> None:
    """As the module's text says."""
    if not arguments:
        print(json.dumps(profile(), indent=1))
        return
    file, user, *command = arguments
    given = json.loads(Path(file).read_text(encoding="utf-8"))
    if os.geteuid() == 0:
        entry = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
    put_under(given)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
