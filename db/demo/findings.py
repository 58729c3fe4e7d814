"""What the invented inspection found: category, problem, content and the tasks under each content."""

from __future__ import annotations

_TREE: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "贯彻落实上级决策部署方面",
        (
            ("学习贯彻不够深入", ("完善理论学习中心组学习制度", "加强学习成果转化")),
            ("乡村振兴项目推进偏慢", ("建立项目推进调度机制", "压实项目管护责任")),
            ("人居环境整治存在反弹", ("健全长效保洁机制", "加强问题厕所排查整改")),
            ("惠农政策宣传不到位", ("拓宽政策宣传渠道",)),
        ),
    ),
    (
        "群众身边不正之风和腐败问题方面",
        (
            ("村级财务管理不规范", ("规范村级财务审批报销", "加强村级“三资”清理", "推行村务公开")),
            ("惠民补贴发放审核不严", ("开展惠民补贴专项核查", "建立部门间信息比对机制")),
            ("工程项目招投标不规范", ("完善小型工程招投标办法", "加强工程验收和结算管理")),
            ("服务群众主动性不够", ("落实首问负责和限时办结", "开展班子成员接访下访")),
        ),
    ),
    (
        "基层党组织建设方面",
        (
            ("“三会一课”质量不高", ("规范组织生活记录", "加强党务干部培训")),
            ("发展党员程序把关不严", ("开展发展党员工作自查",)),
            ("村干部后备力量不足", ("选优配强后备干部", "健全村干部教育管理制度")),
        ),
    ),
    (
        "巡察和审计等监督发现问题整改方面",
        (
            ("上轮巡察整改不彻底", ("对上轮巡察问题逐项复核", "建立整改长效机制")),
            ("审计发现问题整改滞后", ("督促完成审计问题整改", "完善内部控制制度", "加强固定资产管理")),
        ),
    ),
)
_TASKS = (
    "对照“{content}”要求，制定并印发实施办法，明确责任分工",
    "组织一次全面自查，形成“{content}”问题清单和责任清单",
    "围绕“{content}”开展专题培训，参训人员签到存档",
    "每季度通报“{content}”进展情况，纳入年度考核",
)


def _findings() -> list[tuple[str, str, str, tuple[str, ...]]]:
    found = []
    for category, problems in _TREE:
        for problem, contents in problems:
            for content in contents:
                count = 2 + (len(content) + len(problem)) % 3
                tasks = tuple(task.format(content=content) for task in _TASKS[:count])
                found.append((category, problem, content, tasks))
    return found


FINDINGS = _findings()
